package io.alertstream.settings;

import io.alertstream.avro.sample.SampleVisit;

/** The sample visit that the settings {@code SAMPLE_…} describe. */
public final class StreamSample {

    private StreamSample() {}

    public static SampleVisit read(SettingsReader in) {
        return SampleVisit.of(in.get(Settings.SAMPLE_ALERTS))
                .with(in.get(Settings.SAMPLE_HISTORY))
                .firstOfNight(in.get(Settings.SAMPLE_SURVEY_NIGHT));
    }
}
