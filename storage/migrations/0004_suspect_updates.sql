-- works with: 0003
-- An update that was in hand when the process ended is a suspect; `deaths` counts the ends it alone stands for.
ALTER TABLE inbox ADD COLUMN suspect BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE inbox ADD COLUMN deaths BIGINT NOT NULL DEFAULT 0;
