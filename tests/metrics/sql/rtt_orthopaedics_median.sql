SELECT CASE WHEN (rtt_wait.ccg = '00F') THEN '13T' ELSE rtt_wait.ccg END AS place,
    CASE WHEN (rtt_wait.ccg = '00F') THEN '13T' ELSE rtt_wait.ccg END AS ccg,
    rtt_wait.month AS month,
    rtt_wait.week,
    rules.open_band,
    rules.median_rule,
    CAST(sum(rtt_wait.patients) AS DOUBLE PRECISION) AS people
FROM rtt_wait JOIN (SELECT rtt_published.month AS month, max(rtt_published.open_band) AS open_band, max(rtt_published.median_rule) AS median_rule FROM rtt_published WHERE rtt_published.part = 'incomplete' AND rtt_published.synthetic IS false GROUP BY rtt_published.month) AS rules ON rules.month = rtt_wait.month
WHERE rtt_wait.ccg IN ('00M', '13T', '00F')
    AND rtt_wait.synthetic IS false
    AND rtt_wait.part = 'incomplete'
    AND rtt_wait.function = '110'
    AND rtt_wait.month >= '2015-05-01'
    AND rtt_wait.month <= '2015-07-01'
GROUP BY CASE WHEN (rtt_wait.ccg = '00F') THEN '13T' ELSE rtt_wait.ccg END,
    rtt_wait.month,
    rtt_wait.week,
    rules.open_band,
    rules.median_rule
