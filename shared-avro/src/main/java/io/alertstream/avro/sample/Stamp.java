package io.alertstream.avro.sample;

import java.util.Arrays;

/**
 * The pixels around an alert: the visit's image, the template, and what is left of one without the other, each with its
 * variance. Fluxes are then measured on them, so that what the packet says of a source is what its cutouts show.
 */
final class Stamp {

    static final int SIDE = 30;
    static final int PIXELS = SIDE * SIDE;

    /** Pixels whose sky noise a fitted profile holds, in squares of its width: 5 pi / 4 of its scale's, for an exponent of 3. */
    private static final double NOISE_AREA = 3.777;

    /** In standard deviations: what is fainter isn't found, and gives no alert. */
    private static final double THRESHOLD = 5.02;

    private static final double APERTURE = 12;
    private static final int TRACE_PIXELS = 6;

    private final float[] science = new float[PIXELS];
    private final float[] template = new float[PIXELS];
    private final float[] difference = new float[PIXELS];
    private final float[] scienceVariance = new float[PIXELS];
    private final float[] templateVariance = new float[PIXELS];
    private final float[] differenceVariance = new float[PIXELS];

    private final float[] profile = new float[PIXELS];
    private final float[] shape = new float[PIXELS];
    private final float[] scienceNoise = new float[PIXELS];
    private final float[] templateNoise = new float[PIXELS];
    private double noiseChi2;

    /** What fitting a profile to an image gives. */
    record Fit(double flux, double error, double chi2) {}

    /** Draws a scene about the given centre, 0 being the middle of the first pixel. */
    void draw(Exposure exposure, Psf psf, double centreX, double centreY, Scene scene, Deviates deviates) {
        deviates.normals(scienceNoise);
        deviates.normals(templateNoise);
        background(exposure, psf, centreX, centreY, scene);
        if (scene.cosmicRay()) {
            trace(centreX, centreY, deviates);
        } else {
            System.arraycopy(profile, 0, shape, 0, PIXELS);
        }
        // The noise already put some flux under the profile: the rest of what is wanted comes from the source.
        Fit noise = fit(difference, differenceVariance);
        double wanted =
                Math.copySign(Math.max(Math.abs(scene.difference()), THRESHOLD * noise.error()), scene.difference());
        double scale = (wanted - noise.flux()) / flux(shape);
        for (int i = 0; i < PIXELS; i++) {
            science[i] += (float) (scale * shape[i]);
            difference[i] = science[i] - template[i];
        }
    }

    /** Everything but the source of the alert itself, whose photons nevertheless count in the noise. */
    private void background(Exposure exposure, Psf psf, double centreX, double centreY, Scene scene) {
        double area = NOISE_AREA * exposure.seeing() * exposure.seeing();
        double skyVariance = exposure.skyError() * exposure.skyError() / area;
        double templateVarianceOfSky = exposure.templateError() * exposure.templateError() / area;
        double gain = exposure.band().fluxPerElectron();
        double perRadius2 = 1 / (scene.hostRadius() * scene.hostRadius());
        double hostPeak = scene.host() / (4 * StrictMath.PI * scene.hostRadius() * scene.hostRadius());
        double source = scene.cosmicRay() ? 0 : scene.difference();
        noiseChi2 = 0;
        for (int i = 0; i < PIXELS; i++) {
            int row = i / SIDE;
            double dx = i % SIDE - centreX;
            double dy = row - centreY;
            profile[i] = (float) psf.at(dx, dy);
            double hx = dx - scene.hostX();
            double hy = dy - scene.hostY();
            double galaxy = hostPeak / (1 + perRadius2 * (hx * hx + hy * hy));
            double before = galaxy + scene.star() * (scene.shift() == 0 ? profile[i] : psf.at(dx + scene.shift(), dy));
            double now = galaxy + scene.star() * (scene.shift() == 0 ? profile[i] : psf.at(dx - scene.shift(), dy));
            double photons = gain * Math.max(0, now + source * profile[i]);
            science[i] = (float) (now + StrictMath.sqrt(skyVariance + photons) * scienceNoise[i]);
            template[i] = (float) (before
                    + StrictMath.sqrt(templateVarianceOfSky + 0.12 * gain * Math.max(0, before)) * templateNoise[i]);
            difference[i] = science[i] - template[i];
            double noise = difference[i] - (now - before);
            // As in the survey's pipelines the variance comes from the pixel itself, noise and all.
            double seen = science[i] + source * profile[i];
            scienceVariance[i] = (float) Math.max(skyVariance / 2, skyVariance + gain * seen);
            templateVariance[i] = (float) (templateVarianceOfSky + 0.12 * gain * Math.max(0, template[i]));
            differenceVariance[i] = scienceVariance[i] + templateVariance[i];
            noiseChi2 += noise * noise / differenceVariance[i];
        }
    }

    /** A cosmic ray's trace: a few pixels in a row, sharper than any star. */
    private void trace(double centreX, double centreY, Deviates deviates) {
        Arrays.fill(shape, 0);
        double dx = deviates.uniform(-1, 1);
        double dy = deviates.chance(0.5) ? 1 : -1;
        for (int i = 0; i < TRACE_PIXELS; i++) {
            double along = i - (TRACE_PIXELS - 1) / 2.0;
            int x = (int) StrictMath.rint(centreX + along * dx);
            int y = (int) StrictMath.rint(centreY + along * dy);
            shape[y * SIDE + x] = (float) deviates.uniform(0.5, 1);
        }
    }

    Fit scienceFit() {
        return fit(science, scienceVariance);
    }

    Fit templateFit() {
        return fit(template, templateVariance);
    }

    Fit differenceFit() {
        return fit(difference, differenceVariance);
    }

    /** Sum of the difference within 12 pixels of the middle, and its standard deviation. */
    double[] aperture(double centreX, double centreY) {
        double sum = 0;
        double variance = 0;
        for (int i = 0; i < PIXELS; i++) {
            int row = i / SIDE;
            double dx = i % SIDE - centreX;
            double dy = row - centreY;
            if (dx * dx + dy * dy < APERTURE * APERTURE) {
                sum += difference[i];
                variance += differenceVariance[i];
            }
        }
        return new double[] {sum, StrictMath.sqrt(variance)};
    }

    /** What is left of the difference's pixels, in squares of their deviations, by whoever knows all that was drawn. */
    double noiseChi2() {
        return noiseChi2;
    }

    /** Fits the profile to one of the images, all with the same weights: so the fluxes of the three add up as the images do. */
    private Fit fit(float[] image, float[] variance) {
        double weights = 0;
        double errors = 0;
        for (int i = 0; i < PIXELS; i++) {
            double weight = profile[i] / differenceVariance[i];
            weights += weight * profile[i];
            errors += weight * weight * variance[i];
        }
        double flux = flux(image);
        double chi2 = 0;
        for (int i = 0; i < PIXELS; i++) {
            double rest = image[i] - flux * profile[i];
            chi2 += rest * rest / variance[i];
        }
        return new Fit(flux, StrictMath.sqrt(errors) / weights, chi2);
    }

    private double flux(float[] image) {
        double weights = 0;
        double sum = 0;
        for (int i = 0; i < PIXELS; i++) {
            double weight = profile[i] / differenceVariance[i];
            sum += weight * image[i];
            weights += weight * profile[i];
        }
        return sum / weights;
    }

    float[] science() {
        return science;
    }

    float[] template() {
        return template;
    }

    float[] difference() {
        return difference;
    }

    float[] scienceVariance() {
        return scienceVariance;
    }

    float[] templateVariance() {
        return templateVariance;
    }

    float[] differenceVariance() {
        return differenceVariance;
    }
}
