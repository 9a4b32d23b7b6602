CREATE VIRTUAL TABLE task_search USING fts5 (folded, tokenize = 'unicode61 remove_diacritics 0');
