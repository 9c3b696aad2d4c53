package io.alertstream.storage.s3;

import io.alertstream.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificates of a PEM file, and no others. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * Reads the file.
     *
     * @throws InvalidSettingsException if it holds no certificates
     */
    static TrustManager[] managers(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw noCertificates(file, "it contains none");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return managers.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw noCertificates(file, e.getMessage());
        }
    }

    private static InvalidSettingsException noCertificates(Path file, String why) {
        return InvalidSettingsException.of(
                S3Settings.CA_FILE, file, "a PEM file with the certificates to trust (" + why + ")");
    }
}
