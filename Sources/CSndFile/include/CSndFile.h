/// libsndfile: WAV, FLAC and Ogg in, FLAC out. The shim keeps the decoder behind its MP3 from writing to the terminal.
#pragma once
#include <sndfile.h>
