SELECT CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END AS place,
    CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END AS ccg,
    CAST(date_trunc('month', referral.core_therapy_requested) AS DATE) AS month,
    coalesce(referral.wait_core_therapy, referral.unmet_core_therapy) AS days,
    referral.wait_core_therapy IS NOT NULL AS reached,
    count(*) AS people
FROM referral
WHERE referral.ccg IN ('00M', '13T', '00F')
    AND referral.synthetic IS false
    AND referral.presentation IN ('radicular_pain')
    AND CAST(date_trunc('month', referral.core_therapy_requested) AS DATE) >= '2015-05-01'
    AND CAST(date_trunc('month', referral.core_therapy_requested) AS DATE) <= '2015-07-01'
    AND referral.core_therapy_requested IS NOT NULL
    AND coalesce(referral.wait_core_therapy, referral.unmet_core_therapy) IS NOT NULL
GROUP BY CASE WHEN (referral.ccg = '00F') THEN '13T' ELSE referral.ccg END,
    CAST(date_trunc('month', referral.core_therapy_requested) AS DATE),
    coalesce(referral.wait_core_therapy, referral.unmet_core_therapy),
    referral.wait_core_therapy IS NOT NULL
