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
 * Fills the templates {@code pages/NAME.peb} of the class path. All values are escaped; a template that names
 * something missing from the model is an error. Thread-safe.
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
     * The page in UTF-8. Takes CPU in proportion to its length: not for event loops.
     *
     * @param model values for the template; {@code assets} is added
     */
    public byte[] fill(String template, Map<String, ?> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("assets", assets);
        all.put("lang", "en"); // Otherwise numbers follow the server's locale.
        Future<Buffer> page = engine.render(all, template); // Complete when it returns, despite its type.
        if (page.failed()) {
            throw new IllegalStateException("the template " + template + " doesn't fit its model", page.cause());
        }
        return page.result().getBytes();
    }
}
