package io.alertstream.server.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.common.template.TemplateEngine;
import io.vertx.ext.web.templ.pebble.PebbleTemplateEngine;
import java.util.HashMap;
import java.util.Map;

/**
 * Fills templates, {@code pages/NAME.peb} on the class path. Whatever they show is escaped; a name in a template that
 * isn't in the model is an error. Safe to use from any number of threads.
 */
public final class Templates {

    private final TemplateEngine engine;
    private final Map<String, String> assets;

    public Templates(Vertx vertx, Assets assets) {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix("pages");
        loader.setCharset(UTF_8.name());
        PebbleEngine pebble = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
        this.engine = PebbleTemplateEngine.create(vertx, "peb", pebble);
        this.assets = assets.addresses();
    }

    /**
     * The page as UTF-8. Takes the CPU for as long as the page is long: not for event loops.
     *
     * @param model what the template names; {@code assets} is added to it
     */
    public byte[] fill(String template, Map<String, ?> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("assets", assets);
        all.put("lang", "en"); // Else numbers are written as is usual where the server stands.
        Future<Buffer> page = engine.render(all, template); // Done when it returns, in spite of its type.
        if (page.failed()) {
            throw new IllegalStateException(
                    "the template " + template + " doesn't fit what it shall show", page.cause());
        }
        return page.result().getBytes();
    }
}
