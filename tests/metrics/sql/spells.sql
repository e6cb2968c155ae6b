SELECT CASE WHEN (procedure.ccg = '00F') THEN '13T' ELSE procedure.ccg END AS place,
    CASE WHEN (procedure.ccg = '00F') THEN '13T' ELSE procedure.ccg END AS ccg,
    procedure.month AS month,
    CAST(sum(procedure.spells) AS DOUBLE PRECISION) AS number
FROM procedure
WHERE procedure.ccg IN ('00M', '13T', '00F')
    AND procedure.synthetic IS false
    AND procedure.procedure_group IN ('nerve_root_block')
    AND procedure.month >= '2015-05-01'
    AND procedure.month <= '2015-07-01'
GROUP BY CASE WHEN (procedure.ccg = '00F') THEN '13T' ELSE procedure.ccg END,
    procedure.month
