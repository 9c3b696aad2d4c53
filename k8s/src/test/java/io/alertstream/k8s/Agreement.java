package io.alertstream.k8s;

import java.util.List;

/** Something that manifests must agree on, with each other or with the program. */
@FunctionalInterface
interface Agreement {

    /** One sentence for each problem; empty if they agree. */
    List<String> problems(Manifests manifests);
}
