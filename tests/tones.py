"""Sounds of ours that stand for a voice: a tone that swells like speech."""

import math
from array import array
from io import BytesIO

import av


def spoken(kind="wav", loud=1500, quiet=1, seconds=3) -> bytes:
    """`seconds` of a tone that swells like speech, with `quiet` seconds of silence before and after."""
    out, rate = BytesIO(), 16_000
    with av.open(out, "w", format={"m4a": "ipod"}.get(kind, kind)) as container:
        codec = {"wav": "pcm_s16le", "m4a": "aac"}.get(kind, "libopus")
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        tone = array(
            "h",
            [
                int(loud * math.sin(2 * math.pi * 230 * i / rate) * (0.6 + 0.4 * math.sin(i / 1700)))
                for i in range(seconds * rate)
            ],
        )
        still = array("h", bytes(2 * quiet * rate))
        samples = still + tone + still
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=stream.rate)
        fifo = av.AudioFifo()
        for part in resampler.resample(frame):
            fifo.write(part)
        while part := fifo.read(stream.codec_context.frame_size or 960, partial=True):
            for packet in stream.encode(part):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return out.getvalue()
