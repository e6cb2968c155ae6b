SELECT CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END AS place,
    CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END AS ccg,
    referral.month AS month,
    'events' AS part,
    CAST(count(*) AS DOUBLE PRECISION) AS number
FROM referral
WHERE referral.ccg IN ('00M', '13T', '00F')
    AND referral.synthetic IS false
    AND referral.route IN ('triage_and_treat')
    AND referral.presentation IN ('radicular_pain')
    AND referral.month >= '2015-05-01'
    AND referral.month <= '2015-07-01'
GROUP BY CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END,
    referral.month
UNION ALL
SELECT CASE WHEN (list_size.ccg = '00F') THEN '13T' ELSE list_size.ccg END AS place,
    CASE WHEN (list_size.ccg = '00F') THEN '13T' ELSE list_size.ccg END AS ccg,
    list_size.month AS month,
    'list' AS part,
    CAST(sum(list_size.patients) AS DOUBLE PRECISION) AS number
FROM list_size
WHERE list_size.ccg IN ('00M', '13T', '00F')
    AND list_size.synthetic IS false
    AND list_size.membership = 'of_the_time'
    AND (list_size.age_band NOT IN ('0-4', '5-14', '5-9', '10-14'))
GROUP BY CASE WHEN (list_size.ccg = '00F') THEN '13T' ELSE list_size.ccg END,
    list_size.month
