SELECT CASE WHEN (milestone.ccg = '00F') THEN '13T' ELSE milestone.ccg END AS place,
    CASE WHEN (milestone.ccg = '00F') THEN '13T' ELSE milestone.ccg END AS ccg,
    milestone.component,
    milestone.planned,
    milestone.actual,
    milestone.as_at
FROM milestone
WHERE milestone.ccg IN ('00M', '13T', '00F')
    AND milestone.synthetic IS false
    AND milestone.practice IS NULL
    AND milestone.component = 'go_live'
