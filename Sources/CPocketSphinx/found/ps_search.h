// Debian puts pocketsphinx's headers into a folder, from within which they include each other without its name.
#include <pocketsphinx/ps_search.h>
