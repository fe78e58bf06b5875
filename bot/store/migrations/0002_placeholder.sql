-- The step that brings other rooms' tables takes this number; of those, letters need these columns.
ALTER TABLE stories ADD COLUMN state TEXT NOT NULL DEFAULT 'published';  -- domain.models.Standing
ALTER TABLE stories ADD COLUMN state_reason TEXT NOT NULL DEFAULT '';
