-- Question: what does somebody still have to do, that another has to take over when he or she leaves?
-- Grain: one row per klacht that is handled, maatregel, verbeteractie and signaal that is not done
-- Step: 1, 4, 11, 14, 15, 18
-- Parameters: persoon, lezer
-- Numbers and days only: who asks need not be a reader of klachten. What the reader is involved in is not in it.
SELECT k.klachtnummer, 'klacht' AS wat, NULL AS onderdeel, NULL AS uiterlijk_op
FROM klacht AS k
LEFT JOIN nader AS n ON n.klachtnummer = k.klachtnummer
WHERE
    k.behandelaar = persoon
    AND k.herkomst = 'register'
    AND (
        k.status IN ('ontvangen', 'in onderzoek', 'in behandeling')
        -- What has ended still asks a letter (14), or a word about a dispute (15).
        OR (
            k.status = 'afgesloten' AND k.stap_14_op IS NULL AND NOT COALESCE(n.onbereikbaar, FALSE)
            AND NOT COALESCE(k.heropend_op IS NULL AND list_contains(k.elders_gedaan, 14), FALSE)
        )
        OR (k.status IN ('afgesloten', 'niet in behandeling') AND k.geschil IN ('gemeld', 'overleg mislukt', 'voorgelegd'))
    )
    AND NOT list_contains(k.betrokkenen, lezer)
UNION ALL
SELECT m.klachtnummer, 'maatregel', m.maatregel, m.uiterlijk_op
FROM maatregel AS m
INNER JOIN klacht AS k ON k.klachtnummer = m.klachtnummer
WHERE
    m.actienemer = persoon
    AND m.uitgevoerd_op IS NULL
    AND m.vervallen_op IS NULL
    AND k.status IN ('ontvangen', 'in onderzoek', 'in behandeling')
    AND NOT list_contains(k.betrokkenen, lezer)
UNION ALL
SELECT v.klachtnummer, 'verbeteractie', v.verbeteractie, v.uiterlijk_op
FROM verbeteractie AS v
WHERE v.actienemer = persoon AND v.uitgevoerd_op IS NULL AND v.vervallen_op IS NULL
UNION ALL
SELECT s.klachtnummer, 'signaal', NULL, NULL
FROM signaal AS s
WHERE s.ontvanger = persoon AND s.status = 'open'
ORDER BY uiterlijk_op NULLS LAST, klachtnummer, onderdeel
