SELECT referral.practice AS place,
    CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END AS ccg,
    referral.month AS month,
    'events' AS part,
    CAST(count(*) AS DOUBLE PRECISION) AS number
FROM referral
WHERE referral.practice IS NOT NULL
    AND referral.ccg IN ('00M', '13T', '00F')
    AND referral.synthetic IS false
    AND referral.route = 'triage_and_treat'
    AND referral.presentation IN ('radicular_pain')
    AND referral.month <= '2015-07-01'
GROUP BY referral.practice,
    CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END,
    referral.month
UNION ALL
SELECT list_size.practice AS place,
    CASE WHEN (list_size.ccg = '00F') THEN '13T' ELSE list_size.ccg END AS ccg,
    list_size.month AS month,
    'list' AS part,
    CAST(sum(list_size.patients) AS DOUBLE PRECISION) AS number
FROM list_size
WHERE list_size.practice IS NOT NULL
    AND list_size.ccg IN ('00M', '13T', '00F')
    AND list_size.synthetic IS false
    AND list_size.membership = 'of_the_time'
GROUP BY list_size.practice,
    CASE WHEN (list_size.ccg = '00F') THEN '13T' ELSE list_size.ccg END,
    list_size.month
