SELECT CASE WHEN (waiting.ccg = '00F') THEN '13T' ELSE waiting.ccg END AS place,
    CASE WHEN (waiting.ccg = '00F') THEN '13T' ELSE waiting.ccg END AS ccg,
    waiting.month AS month,
    CAST(sum(waiting.patients) AS DOUBLE PRECISION) AS number
FROM waiting
WHERE waiting.ccg IN ('00M', '13T', '00F')
    AND waiting.synthetic IS false
    AND waiting.step = 'assessed'
    AND waiting.presentation IN ('radicular_pain')
    AND waiting.month >= '2015-05-01'
    AND waiting.month <= '2015-07-01'
GROUP BY CASE WHEN (waiting.ccg = '00F') THEN '13T' ELSE waiting.ccg END,
    waiting.month
