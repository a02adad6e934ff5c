-- Question: which messages are there, and how does each of them stand?
-- Grain: one row per message
-- Step: all
WITH alles AS (
    SELECT
        klachtnummer,
        soort,
        oorsprong,
        gebeurd_op,
        vastgelegd_op,
        door,
        rol,
        gegevens,
        CASE WHEN soort = 'BerichtKlaargezet' THEN oorsprong ELSE CAST((gegevens ->> 'bericht') AS BIGINT) END AS nr
    FROM feit(nummer, tot_nr)
    WHERE
        soort IN (
            'BerichtKlaargezet', 'VerzendingBegonnen', 'BerichtVerzonden', 'VerzendingMislukt', 'BerichtVrijgegeven',
            'BerichtIngetrokken', 'BerichtTeruggekomen'
        )
),
met_vrijgave AS (
    SELECT
        *,
        coalesce(
            max(CASE WHEN soort = 'BerichtVrijgegeven' THEN oorsprong END) OVER (PARTITION BY klachtnummer, nr), nr
        ) AS begin_nr
    FROM alles
)
SELECT
    klachtnummer,
    nr,
    any_value(gegevens ->> 'waarvoor') FILTER (soort = 'BerichtKlaargezet') AS waarvoor,
    any_value(gegevens ->> 'brief') FILTER (soort = 'BerichtKlaargezet') AS brief,
    any_value(gegevens ->> 'document') FILTER (soort = 'BerichtKlaargezet') AS document,
    any_value(gegevens ->> 'handeling') FILTER (soort = 'BerichtKlaargezet') AS handeling,
    any_value(door) FILTER (soort = 'BerichtKlaargezet') AS door,
    any_value(rol) FILTER (soort = 'BerichtKlaargezet') AS rol,
    any_value(vastgelegd_op) FILTER (soort = 'BerichtKlaargezet') AS klaargezet_op,
    any_value(vastgelegd_op) FILTER (oorsprong = begin_nr) AS sinds,
    arg_max(vastgelegd_op, oorsprong) AS laatste_op,
    max(oorsprong) AS laatste_nr,
    CASE arg_max(soort, oorsprong)
        WHEN 'VerzendingBegonnen' THEN 'begonnen'
        WHEN 'BerichtVerzonden' THEN 'verzonden'
        WHEN 'VerzendingMislukt' THEN
            CASE WHEN arg_max(coalesce((gegevens ->> 'blijvend'), 'false'), oorsprong) = 'true' THEN 'geweigerd' ELSE 'mislukt' END
        WHEN 'BerichtIngetrokken' THEN 'ingetrokken'
        WHEN 'BerichtTeruggekomen' THEN 'teruggekomen'
        ELSE 'wacht'
    END AS toestand,
    CAST(count(*) FILTER (soort = 'VerzendingBegonnen') AS INTEGER) AS poging,
    CAST(count(*) FILTER (soort = 'VerzendingBegonnen' AND oorsprong > begin_nr) AS INTEGER) AS pogingen,
    coalesce(CAST(arg_max(gegevens ->> 'code', oorsprong) FILTER (soort = 'VerzendingMislukt') AS INTEGER), 0) AS code,
    min(gebeurd_op) FILTER (soort = 'BerichtVerzonden') AS verzonden_op,
    coalesce(
        arg_max(coalesce((gegevens ->> 'zonder_stap'), 'false'), oorsprong) FILTER (soort = 'BerichtVerzonden') = 'true',
        FALSE
    ) AS zonder_stap
FROM met_vrijgave
GROUP BY klachtnummer, nr
HAVING count(*) FILTER (soort = 'BerichtKlaargezet') > 0
