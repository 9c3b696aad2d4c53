package io.alertstream.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                "x-gzip",
                "deflate, gzip;q=1.0, *;q=0.5",
                "gzip, deflate, br, zstd",
                " gzip ; q=0.001 ",
                "*",
                "br;q=1, *;q=0.1",
                "gzip;q=0.5, identity;q=0.5",
                "identity;q=0, gzip;q=0.1",
            })
    void gzipIsAccepted(String header) {
        assertThat(AcceptEncoding.gzip(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "br, deflate",
                "gzip;q=0",
                "gzip;q=0.000",
                "gzip; q=0 , br",
                "*;q=0",
                "gzip;q=0, *",
                "gzip;q=0.5, identity;q=0.8",
                "gzipped",
                "gzip;q=2",
                "gzip;q=-1",
                "gzip;q=NaN",
                "gzip;q=",
                "gzip;level=9",
                ";;;,,,q=1",
            })
    void gzipIsNotAccepted(String header) {
        assertThat(AcceptEncoding.gzip(header)).isFalse();
    }
}
