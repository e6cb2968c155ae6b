SELECT CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END AS place,
    CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END AS ccg,
    CAST(date_trunc('month', referral.assessed) AS DATE) AS month,
    count(*) AS people,
    CAST(sum(CASE WHEN (referral.followed - referral.days_to_assessed >= 182) THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS followed,
    CAST(sum(CASE WHEN (referral.followed - referral.days_to_assessed >= 182 AND referral.days_to_discharged >= referral.days_to_assessed AND referral.days_to_discharged - referral.days_to_assessed <= 182 AND referral.outcome = 'self_managing') THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS converted
FROM referral
WHERE referral.ccg IN ('00M', '13T', '00F')
    AND referral.synthetic IS false
    AND referral.presentation IN ('radicular_pain')
    AND CAST(date_trunc('month', referral.assessed) AS DATE) >= '2015-05-01'
    AND CAST(date_trunc('month', referral.assessed) AS DATE) <= '2015-07-01'
    AND referral.assessed IS NOT NULL
GROUP BY CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END,
    CAST(date_trunc('month', referral.assessed) AS DATE)
