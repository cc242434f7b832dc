package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the scripts for MariaDB and MySQL create, and what the page says of it. */
@DisplayName("The page on the schema")
class SchemaPageTest {
    private static final Path PAGE = Path.of("../docs/schema.md");
    private static final String PREFIX = "sms_";

    private final String page = Files.readString(PAGE);
    private final String scripts = scripts();

    SchemaPageTest() throws IOException {}

    @Test
    @DisplayName("has a line for each table and view, and none for what is not there")
    void tables() {
        String section = section("Tables");

        assertThat(all("(?m)^\\| (`sms_.*?) \\|", section).stream()
                        .flatMap(cell -> all("`(\\w+)`", cell).stream())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(created());
    }

    @Test
    @DisplayName("names each column, and none that is not there")
    void columns() {
        Set<String> columns = new TreeSet<>(all("(?m)^  ([a-z_]+) [A-Z]", scripts));
        assertThat(columns).hasSizeGreaterThan(50);
        Set<String> kinds = new TreeSet<>(all("(?m)^  \\('(\\w+)', \\d+, '\\w+'\\)", scripts));
        assertThat(kinds).contains("receipt_stage");
        Set<String> named = names(section("Columns that are not obvious"));

        assertThat(named).containsAll(columns);
        named.removeAll(columns);
        named.removeAll(created());
        named.removeAll(kinds);
        assertThat(named).isEmpty();
    }

    @Test
    @DisplayName("has a line for each index beside the primary keys, with its columns in their order")
    void indexes() {
        String section = section("Indexes");
        Matcher key = Pattern.compile("KEY \\$\\{prefix}(\\w+) \\((.*?)\\)").matcher(scripts);
        int found = 0;
        while (key.find()) {
            found++;
            assertThat(section).contains("| `" + PREFIX + key.group(1) + "` | `" + key.group(2) + "`");
        }
        assertThat(all("(?m)^\\| `(\\w+)` \\|", section)).hasSize(found).hasSizeGreaterThan(6);
    }

    @Test
    @DisplayName("speaks of nothing with our prefix that is not there")
    void nothingElse() {
        Set<String> known = new TreeSet<>(created());
        all("KEY \\$\\{prefix}(\\w+)", scripts).forEach(name -> known.add(PREFIX + name));
        // Of the one who uses Flyway.
        known.add("sms_flyway");
        known.add(PREFIX);

        assertThat(known).containsAll(all("\\b(sms_\\w*)", page));
    }

    @Test
    @DisplayName("has the numbers of lanes and states as the store writes them")
    void numbers() {
        String section = section("The life of a message");

        for (MessageState state : MessageState.values()) {
            assertThat(section).contains(state + " (" + Codes.STATE.number(state) + ")");
        }
        assertThat(section)
                .contains("| 1, 2, 3 | an account; in the lane "
                        + Codes.LANE.constants().stream().map(Enum::name).collect(Collectors.joining(", ")) + " |")
                .contains("| " + Queue.SUBMITTING + " | the answer")
                .contains("| " + Queue.ASIDE + " | only a report")
                .contains("| " + Queue.ACCOUNT + " × account + 1, 2, 3 | a hand-over to that account")
                .contains("| " + Queue.ACCOUNT + " × account + " + Queue.OTHER + " | a receipt")
                .contains("| " + Queue.NONE + " | nothing")
                .contains("| " + Queue.ERASED + " | nothing; number and text are erased");
    }

    @Test
    @DisplayName("shows the change log for Liquibase and the settings of Flyway that are tried here")
    void tools() throws IOException {
        assertThat(page)
                .contains(resource("/liquibase/mysql.xml"))
                .contains("locations(\"classpath:sms-dispatch/mysql\")");
    }

    @Test
    @DisplayName("can be read in a quarter of an hour")
    void length() {
        assertThat(page.lines().count()).isLessThanOrEqualTo(250);
    }

    private List<String> created() {
        return all("CREATE (?:OR REPLACE )?(?:TABLE|VIEW) (?:IF NOT EXISTS )?\\$\\{prefix}(\\w+)", scripts).stream()
                .map(name -> PREFIX + name)
                .toList();
    }

    private String section(String title) {
        int from = page.indexOf("\n## " + title + "\n");
        assertThat(from).as(title).isPositive();
        int to = page.indexOf("\n## ", from + 1);
        return page.substring(from, to);
    }

    /** What stands between back-quotes and may be the name of a column or table. */
    private static Set<String> names(String text) {
        return new TreeSet<>(all("`([a-z_]+)`", text));
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/sms-dispatch/mysql"))) {
            var all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = SchemaPageTest.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
