package io.alertstream.settings;

/** How objects of the archive are named: the values of {@code ARCHIVE_LAYOUT}. */
public enum ArchiveLayout {
    V1,
    V2
}
