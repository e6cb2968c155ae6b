SELECT CASE WHEN (outcome_score.ccg = '00F') THEN '13T' ELSE outcome_score.ccg END AS place,
    CASE WHEN (outcome_score.ccg = '00F') THEN '13T' ELSE outcome_score.ccg END AS ccg,
    outcome_score.month AS month,
    CAST(sum(CASE WHEN (outcome_score.time_point = 'baseline') THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS baselines,
    CAST(sum(CASE WHEN (outcome_score.time_point = 'baseline' AND outcome_score.followed >= 0) THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS due,
    CAST(sum(CASE WHEN (outcome_score.time_point = 'discharge' AND outcome_score.change IS NOT NULL) THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS pairs,
    CAST(sum(CASE WHEN (outcome_score.time_point = 'discharge' AND outcome_score.change IS NOT NULL) THEN outcome_score.change ELSE 0.0 END) AS DOUBLE PRECISION) AS total,
    CAST(sum(CASE WHEN (outcome_score.time_point = 'discharge' AND outcome_score.change IS NOT NULL) THEN outcome_score.change ELSE 0.0 END * CASE WHEN (outcome_score.time_point = 'discharge' AND outcome_score.change IS NOT NULL) THEN outcome_score.change ELSE 0.0 END) AS DOUBLE PRECISION) AS squares,
    CAST(sum(CASE WHEN (outcome_score.time_point = 'discharge' AND outcome_score.change IS NOT NULL AND outcome_score.change <= -10.0) THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS improved
FROM outcome_score
WHERE outcome_score.ccg IN ('00M', '13T', '00F')
    AND outcome_score.synthetic IS false
    AND outcome_score.instrument = 'ODI'
    AND outcome_score.month >= '2015-05-01'
    AND outcome_score.month <= '2015-07-01'
GROUP BY CASE WHEN (outcome_score.ccg = '00F') THEN '13T' ELSE outcome_score.ccg END,
    outcome_score.month
