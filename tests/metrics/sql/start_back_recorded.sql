SELECT CASE WHEN (practice_coding.ccg = '00F') THEN '13T' ELSE practice_coding.ccg END AS place,
    CASE WHEN (practice_coding.ccg = '00F') THEN '13T' ELSE practice_coding.ccg END AS ccg,
    practice_coding.month AS month,
    CAST(sum(practice_coding.start_back_low + practice_coding.start_back_medium + practice_coding.start_back_high) AS DOUBLE PRECISION) AS numerator,
    CAST(sum(practice_coding.episodes) AS DOUBLE PRECISION) AS denominator
FROM practice_coding
WHERE practice_coding.ccg IN ('00M', '13T', '00F')
    AND practice_coding.synthetic IS false
    AND practice_coding.month >= '2015-05-01'
    AND practice_coding.month <= '2015-07-01'
    AND practice_coding.start_back_low + practice_coding.start_back_medium + practice_coding.start_back_high IS NOT NULL
    AND practice_coding.episodes IS NOT NULL
GROUP BY CASE WHEN (practice_coding.ccg = '00F') THEN '13T' ELSE practice_coding.ccg END,
    practice_coding.month
