package io.alertstream.avro.sample;

import java.util.Arrays;

/**
 * The pixels around an alert: the visit's image, the template, and their difference, each with its variance. They are
 * drawn so that measuring them reproduces the packet's values: the fitted point-source fluxes of the template and the
 * difference, and the difference's aperture flux.
 */
final class Stamp {

    static final int SIDE = 30;
    static final int PIXELS = SIDE * SIDE;

    /**
     * Effective area of a fitted profile for sky noise, in squares of its width: 5 pi / 4 scale radii squared (exponent
     * 3).
     */
    private static final double NOISE_AREA = 3.777;

    private static final double DEPTH_SCATTER = 0.12;
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
    private final float[] level = new float[PIXELS];
    private final float[] scienceNoise = new float[PIXELS];
    private final float[] templateNoise = new float[PIXELS];
    private final float[] templateDepth = new float[PIXELS];
    /**
     * Draws a scene around the given centre; 0 is the middle of the first pixel.
     *
     * @param templateFlux found by a fit to the template
     * @param aperture flux of the difference within 12 pixels of the centre
     */
    void draw(
            Exposure exposure,
            Psf psf,
            double centreX,
            double centreY,
            Scene scene,
            double templateFlux,
            double aperture,
            Deviates deviates) {
        deviates.normals(scienceNoise);
        deviates.normals(templateNoise);
        deviates.normals(templateDepth);
        background(exposure, psf, centreX, centreY, scene);
        double templateScale = templateFlux - flux(template);
        for (int i = 0; i < PIXELS; i++) {
            template[i] += (float) (templateScale * profile[i]);
            science[i] += (float) (templateScale * profile[i]);
        }
        if (scene.cosmicRay()) {
            trace(centreX, centreY, deviates);
        } else {
            System.arraycopy(profile, 0, shape, 0, PIXELS);
        }
        add(scene.difference(), aperture, centreX, centreY);
    }

    /**
     * Adds the source and a slight error of the sky level, scaled so that the difference has both of the given fluxes.
     */
    private void add(double fitted, double aperture, double centreX, double centreY) {
        double noise = flux(difference);
        double ofShape = flux(shape);
        Arrays.fill(level, 1);
        double ofLevel = flux(level);
        double inAperture = aperture(difference, centreX, centreY);
        double shapeInAperture = aperture(shape, centreX, centreY);
        double levelInAperture = aperture(level, centreX, centreY);
        double determinant = ofShape * levelInAperture - ofLevel * shapeInAperture;
        double missing = fitted - noise;
        double missingInAperture = aperture - inAperture;
        double scale = (missing * levelInAperture - ofLevel * missingInAperture) / determinant;
        double sky = (ofShape * missingInAperture - missing * shapeInAperture) / determinant;
        for (int i = 0; i < PIXELS; i++) {
            science[i] += (float) (scale * shape[i] + sky);
            difference[i] = science[i] - template[i];
        }
    }

    /** Everything but the alert's own source, whose photons do count in the noise. */
    private void background(Exposure exposure, Psf psf, double centreX, double centreY, Scene scene) {
        double area = NOISE_AREA * exposure.seeing() * exposure.seeing();
        double skyVariance = exposure.skyError() * exposure.skyError() / area;
        double templateVarianceOfSky = exposure.templateError() * exposure.templateError() / area;
        double gain = exposure.band().fluxPerElectron();
        double perRadius2 = 1 / (scene.hostRadius() * scene.hostRadius());
        double hostPeak = scene.host() / (4 * StrictMath.PI * scene.hostRadius() * scene.hostRadius());
        double source = scene.cosmicRay() ? 0 : scene.difference();
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
            // As in the survey's pipelines, the variance is computed from the noisy pixel.
            double seen = science[i] + source * profile[i];
            scienceVariance[i] = (float) Math.max(skyVariance / 2, skyVariance + gain * seen);
            // A template's pixels are averages over different numbers of visits.
            double depth = 1 + DEPTH_SCATTER * templateDepth[i];
            templateVariance[i] = (float) (depth * (templateVarianceOfSky + 0.12 * gain * Math.max(0, template[i])));
            differenceVariance[i] = scienceVariance[i] + templateVariance[i];
        }
    }

    /** A cosmic ray's track: a few pixels in a row, sharper than any star. */
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

    private static double aperture(float[] image, double centreX, double centreY) {
        double sum = 0;
        for (int i = 0; i < PIXELS; i++) {
            int row = i / SIDE;
            double dx = i % SIDE - centreX;
            double dy = row - centreY;
            if (dx * dx + dy * dy < APERTURE * APERTURE) {
                sum += image[i];
            }
        }
        return sum;
    }

    /**
     * Fits the profile to an image. All three images use the same weights, so that their fluxes add up as the images
     * do.
     */
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
