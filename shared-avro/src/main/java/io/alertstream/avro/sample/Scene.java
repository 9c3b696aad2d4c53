package io.alertstream.avro.sample;

/**
 * What the images show at the position of an alert.
 *
 * @param difference flux that a fit of the point spread function finds in the difference image
 * @param star flux of the star that is also in the template
 * @param shift pixels by which that star is misplaced in the template: more than 0 leaves a dipole
 * @param host flux of a galaxy around the place, in both images
 * @param hostX offset of the galaxy's centre in pixels; the same with y
 * @param cosmicRay whether the difference is a cosmic ray's track rather than a star
 */
record Scene(
        double difference,
        double star,
        double shift,
        double host,
        double hostX,
        double hostY,
        double hostRadius,
        boolean cosmicRay) {}
