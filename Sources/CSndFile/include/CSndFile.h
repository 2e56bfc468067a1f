/// libsndfile: WAV, FLAC and Ogg in, FLAC out.
#pragma once
#include <sndfile.h>
