CREATE VIRTUAL TABLE task_search USING fts5 (
    title, document, said, files, tokenize = 'unicode61 remove_diacritics 0'
);
