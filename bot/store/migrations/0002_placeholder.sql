-- The step that brings other rooms' tables takes this number.
SELECT 1;
