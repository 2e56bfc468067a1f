/// libarchive: archives read from memory and written into it.
///
/// Its functions are plain and imported as they are. The kinds of file are here because their macros are casts, which
/// Swift does not see.
#pragma once
#include <archive.h>
#include <archive_entry.h>

/// An ordinary file, and a folder, as `archive_entry_filetype` answers.
enum { ROSTRUM_ARCHIVE_FILE = AE_IFREG, ROSTRUM_ARCHIVE_FOLDER = AE_IFDIR };
