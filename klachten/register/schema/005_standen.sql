-- Looking back is a filter: of everything derived from facts one row per stretch of days in which it stood so.
-- `van` is the first day, `tot` the day on which something else held (9999-12-31: it still stands). What a register says as
-- of a day d are the rows with van <= d < tot; the views without `_stand` are what it says now.
DROP TABLE klacht;
DROP TABLE maatregel;
DROP TABLE gestelde_termijn;
DROP TABLE signaal;
DROP TABLE evaluatie;
DROP TABLE verbeteractie;
DROP TABLE eerder_einde;
DROP TABLE geschil;

CREATE TABLE klacht_stand (
    klachtnummer VARCHAR NOT NULL,
    van DATE NOT NULL,
    tot DATE NOT NULL,
    jaar INTEGER NOT NULL,                 -- year of receipt as corrected; the number keeps the year it was given in
    nummerjaar INTEGER NOT NULL,
    volgnr INTEGER NOT NULL,
    herkomst VARCHAR NOT NULL,             -- register | overgenomen
    bron VARCHAR NOT NULL,
    bron_id VARCHAR NOT NULL,
    reglement VARCHAR NOT NULL,
    reglement_versie DATE NOT NULL,
    ontvangen_op DATE NOT NULL,            -- start of the terms
    kanaal VARCHAR NOT NULL,
    indiener_soort VARCHAR NOT NULL,
    vestiging VARCHAR NOT NULL,
    categorie VARCHAR NOT NULL,            -- under the id it has today
    categorie_toen VARCHAR NOT NULL,       -- as recorded
    aspecten VARCHAR[] NOT NULL,           -- under the ids of today
    kenmerken VARCHAR[] NOT NULL,
    ontvanger VARCHAR NOT NULL,
    betrokkenen VARCHAR[] NOT NULL,        -- medewerkers involved
    feiten_vermeld BOOLEAN NOT NULL,
    behandelaar VARCHAR,
    stap_01_op DATE,                       -- first valid date of each step; 10 and 11 when the last maatregel reached them
    stap_02_op DATE,
    stap_03_op DATE,
    stap_04_op DATE,
    stap_05_op DATE,
    stap_06_op DATE,
    stap_07_op DATE,
    stap_08_op DATE,
    stap_09_op DATE,
    stap_10_op DATE,
    stap_11_op DATE,                       -- NULL while one maatregel is open, or when there is none
    stap_12_op DATE,
    stap_13_op DATE,                       -- the current closing: NULL after reopening
    stap_14_op DATE,
    stap_15_op DATE,
    zonder_maatregelen BOOLEAN NOT NULL,   -- a deliberate, reasoned zero
    zonder_rondes INTEGER[] NOT NULL,      -- the rounds in which there was one; 1 is before the first reopening
    maatregelen INTEGER NOT NULL,          -- not cancelled
    maatregelen_open INTEGER NOT NULL,
    -- The first round, up to the first closing, notice or withdrawal: the one that the terms of the reglement judge.
    eerste_einde VARCHAR,                  -- afgesloten | niet in behandeling | ingetrokken
    eerste_einde_op DATE,
    eerste_besluit VARCHAR,                -- niet in behandeling | maatregelen | geen maatregelen; NULL: nothing decided (yet, or again)
    eerste_besluit_op DATE,
    eerste_uitgevoerd_op DATE,             -- when the last standing maatregel of that round was carried out; NULL while one is open
    eerste_vervallen_op DATE,              -- when the last of its cancelled maatregelen was cancelled
    eerste_meegedeeld_op DATE,             -- when the indiener was told of the first closing
    grond VARCHAR,                         -- of not taking into handling
    oordeel VARCHAR,
    uitkomst VARCHAR,
    geschil VARCHAR NOT NULL,              -- geen | gemeld | overleg mislukt | opgelost | voorgelegd | oordeel
    ingetrokken_op DATE,
    vervallen_op DATE,
    heropend_op DATE,                      -- the last time
    heropeningen INTEGER NOT NULL,
    status VARCHAR NOT NULL,               -- ontvangen | in onderzoek | in behandeling | afgesloten | niet in behandeling | ingetrokken | vervallen
    afwijkingen INTEGER NOT NULL,          -- facts recorded with a warning and a reason
    stappen VARCHAR NOT NULL,              -- the steps in order of date, then of recording: 1-2-3-...; a | begins a new round
    stappen_op DATE[] NOT NULL,            -- the date of each of them
    stap_eerst_op DATE[] NOT NULL,         -- the first date of each of the steps 1 to 15, in whichever round
    laatste_op DATE NOT NULL,              -- date of the newest fact
    laatste_nr BIGINT NOT NULL
);

CREATE TABLE maatregel_stand (
    klachtnummer VARCHAR NOT NULL,
    maatregel INTEGER NOT NULL,
    van DATE NOT NULL,
    tot DATE NOT NULL,
    actienemer VARCHAR NOT NULL,
    overlegd_met VARCHAR NOT NULL,
    bepaald_op DATE NOT NULL,
    ronde INTEGER NOT NULL,                -- 1 is before the first reopening
    uiterlijk_op DATE NOT NULL,
    gemist_op DATE,                        -- an agreed day that was over before it was moved or the maatregel cancelled
    geinformeerd_op DATE,
    geinformeerd_nr BIGINT,
    uitgevoerd_op DATE,
    uitgevoerd_nr BIGINT,
    vervallen_op DATE,
    wijzigingen INTEGER NOT NULL
);

CREATE TABLE gestelde_termijn_stand (
    klachtnummer VARCHAR NOT NULL,
    termijn VARCHAR NOT NULL,
    van DATE NOT NULL,
    tot DATE NOT NULL,
    uiterlijk_op DATE NOT NULL,
    grond VARCHAR NOT NULL                 -- verlengd | overgenomen
);

CREATE TABLE signaal_stand (
    klachtnummer VARCHAR NOT NULL,         -- S2026-0001
    van DATE NOT NULL,
    tot DATE NOT NULL,
    ontvangen_op DATE NOT NULL,
    kanaal VARCHAR NOT NULL,
    indiener_soort VARCHAR NOT NULL,
    vestiging VARCHAR NOT NULL,
    ontvanger VARCHAR NOT NULL,
    status VARCHAR NOT NULL,               -- open | op schrift | afgedaan
    klacht VARCHAR                         -- the klacht it became
);

CREATE TABLE evaluatie_stand (
    klachtnummer VARCHAR NOT NULL,         -- E2026-0001
    van DATE NOT NULL,
    tot DATE NOT NULL,
    jaar INTEGER NOT NULL,                 -- the year evaluated
    gehouden_op DATE NOT NULL,
    directieleden VARCHAR[] NOT NULL,
    versie INTEGER NOT NULL,               -- 1 is the first evaluation of the year
    vervangt VARCHAR,                      -- number of the earlier version
    cijfers_op DATE,                       -- peildatum of the frozen figures; NULL when none were frozen
    zegel_register VARCHAR,                -- seal of the register they were counted on
    aantal_feiten BIGINT,                  -- number of the fact that bears that seal
    reglement_versie DATE,
    software_versie VARCHAR,
    document VARCHAR,                      -- sha256 of the frozen figures in its dossier
    periode_van DATE NOT NULL,             -- the days it covers: a year is done when one that covers it was held after its end
    periode_tot DATE NOT NULL
);

CREATE TABLE verbeteractie_stand (
    klachtnummer VARCHAR NOT NULL,         -- of the evaluatie
    verbeteractie INTEGER NOT NULL,
    van DATE NOT NULL,
    tot DATE NOT NULL,
    jaar INTEGER NOT NULL,
    categorie VARCHAR NOT NULL,            -- under the id it has today
    actienemer VARCHAR NOT NULL,
    bepaald_op DATE NOT NULL,
    uiterlijk_op DATE NOT NULL,
    gemist_op DATE,                        -- as of a maatregel
    meegedeeld_op DATE,
    uitgevoerd_op DATE,
    vervallen_op DATE,
    verandering VARCHAR,                   -- the last one observed
    waargenomen_op DATE,
    wijzigingen INTEGER NOT NULL
);

-- What the row of a klacht cannot hold because it can happen more than once, so that the evaluation reads no facts.
CREATE TABLE eerder_einde_stand (          -- an end that did not last
    klachtnummer VARCHAR NOT NULL,
    nr BIGINT NOT NULL,                    -- number of the fact that ended it
    van DATE NOT NULL,
    tot DATE NOT NULL,
    einde VARCHAR NOT NULL,                -- afgesloten | niet in behandeling | ingetrokken
    geeindigd_op DATE NOT NULL,
    ongedaan_op DATE NOT NULL,
    door VARCHAR NOT NULL                  -- heropend | vervallen
);

CREATE TABLE geschil_stand (
    klachtnummer VARCHAR NOT NULL,
    geschil INTEGER NOT NULL,              -- 1 is the first of this klacht
    van DATE NOT NULL,
    tot DATE NOT NULL,
    gemeld_op DATE NOT NULL,
    overlegd_op DATE,                      -- the last consultation
    opgelost_op DATE,                      -- when it brought agreement
    voorgelegd_op DATE,
    oordeel_op DATE,
    oordeel VARCHAR,
    heropening_nodig BOOLEAN NOT NULL
);

CREATE TABLE categorie_nu (                -- the id under which a renamed or merged categorie goes today
    reglement VARCHAR NOT NULL,
    categorie VARCHAR NOT NULL,
    nu VARCHAR NOT NULL
);

CREATE VIEW klacht AS SELECT * FROM klacht_stand WHERE tot = DATE '9999-12-31';
CREATE VIEW maatregel AS SELECT * FROM maatregel_stand WHERE tot = DATE '9999-12-31';
CREATE VIEW gestelde_termijn AS SELECT * FROM gestelde_termijn_stand WHERE tot = DATE '9999-12-31';
CREATE VIEW signaal AS SELECT * FROM signaal_stand WHERE tot = DATE '9999-12-31';
CREATE VIEW evaluatie AS SELECT * FROM evaluatie_stand WHERE tot = DATE '9999-12-31';
CREATE VIEW verbeteractie AS SELECT * FROM verbeteractie_stand WHERE tot = DATE '9999-12-31';
CREATE VIEW eerder_einde AS SELECT * FROM eerder_einde_stand WHERE tot = DATE '9999-12-31';
CREATE VIEW geschil AS SELECT * FROM geschil_stand WHERE tot = DATE '9999-12-31';
