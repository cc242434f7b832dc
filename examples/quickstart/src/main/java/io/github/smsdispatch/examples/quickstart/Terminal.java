package io.github.smsdispatch.examples.quickstart;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the screen can do.
 *
 * @param live whether it can be drawn over
 * @param colour whether it shows colours
 * @param unicode whether it shows more than ASCII
 * @param columns its width
 */
record Terminal(boolean live, boolean colour, boolean unicode, int columns) {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 80;

    /** No terminal: a file or a pipe. */
    static Terminal none(boolean unicode) {
        return new Terminal(false, false, unicode, WIDEST);
    }

    /**
     * What this process writes to. Only the shell that starts it knows whether that is a terminal: {@code run} passes its
     * width in the property {@code quickstart.columns}.
     */
    static Terminal detect(Map<String, String> environment) {
        boolean unicode =
                Charset.forName(System.getProperty("native.encoding", "UTF-8")).equals(StandardCharsets.UTF_8);
        Integer columns = Integer.getInteger("quickstart.columns");
        boolean dumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        if (columns == null || columns < NARROWEST || dumb) {
            return none(unicode);
        }
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(true, colour, unicode, Math.min(columns, WIDEST));
    }
}
