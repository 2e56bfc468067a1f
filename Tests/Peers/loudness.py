"""Loudness by EBU R128 as ffmpeg measures it, at the recording's own rate and channels."""
import re
import subprocess

import peer


def analyse(path):
    """Integrated loudness in LUFS and range in LU, to three decimals; None where all is below the gate."""
    said = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-af",
         "ebur128=metadata=1,ametadata=mode=print:file=-", "-f", "null", "-"],
        stdout=subprocess.PIPE, text=True, check=True).stdout
    integrated = re.findall(r"lavfi\.r128\.I=(\S+)", said)
    extent = re.findall(r"lavfi\.r128\.LRA=(\S+)", said)
    value = float(integrated[-1]) if integrated else -70.0
    return peer.analysis(loudness={
        "integrated_lufs": value if value > -70 else None, "range_lu": float(extent[-1]) if extent else None})


if __name__ == "__main__":
    peer.main(analyse)
