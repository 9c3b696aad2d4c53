#!/usr/bin/env python3
"""Scientist: fetch an alert from the archive, look at its history, and open its cutouts.

    fetch_alert.py ID             the system page, http://localhost:3000/, shows ids

To use another server, set ARCHIVE (http://127.0.0.1:3000).
"""
import io
import os
import sys
import urllib.request

import fastavro
from astropy.io import fits

ARCHIVE = os.environ.get("ARCHIVE", "http://127.0.0.1:3000")


def get(path):
    with urllib.request.urlopen(ARCHIVE + path, timeout=30) as answer:
        return answer.read()


def main(alert_id):
    # An Avro container file includes its schema.
    alert = next(fastavro.reader(io.BytesIO(get(f"/v1/alerts/{alert_id}?format=avro"))))
    source = alert["diaSource"]
    print(f"alert {source['diaSourceId']} in {source['band']} at MJD {source['midpointMjdTai']:.5f} TAI,"
          f" ra={source['ra']:.5f} dec={source['dec']:+.5f}")
    for earlier in alert.get("prvDiaSources") or []:
        print(f"  {earlier['midpointMjdTai']:.5f} {earlier['band']}"
              f" {earlier['psfFlux']:9.1f} ± {earlier['psfFluxErr']:.1f} nJy")
    for name in ("science", "template", "difference"):
        with fits.open(io.BytesIO(get(f"/v1/alerts/{alert_id}/cutouts/{name}"))) as cutout:
            pixels = cutout[0].data
            print(f"{name}: {pixels.shape[1]} x {pixels.shape[0]} pixels,"
                  f" {pixels.min():.1f} to {pixels.max():.1f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
