package io.alertstream.avro;

/**
 * One alert, ready to be sent. The array is shared, not copied, and must not be changed.
 *
 * @param id the {@code diaSourceId}, or {@code alertId} before v9; for another survey, the field that its profile names
 * @param mjdTai middle of the exposure, Modified Julian Date in days on the TAI scale; 0 for every alert of a source
 *     whose schema has no such time, so that differences are 0 too
 * @param packet in {@linkplain WireFormat wire format}
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: alerts are passed on, never compared.
public record Alert(long id, double mjdTai, byte[] packet) {}
