package io.github.smsdispatch.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page on delivery semantics")
class DeliverySemanticsPageTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path PAGE = PROJECT.resolve("docs/delivery-semantics.md");

    /** {@code | H1 | A promise. | `SomeTest.method`, `OtherTest.method` |}. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]{1,2})([0-9]+) \\| (.+) \\| (.+) \\|$");

    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    /** The annotations of a test method, and its name. */
    private static final Pattern METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest)\\b((?:(?!\\bvoid\\b)[\\s\\S])*?)\\bvoid (\\w+)\\(");

    private record Promise(String letters, int number, String sentence, List<String> tests) {}

    @Test
    @DisplayName("numbers its promises without a gap, and each is a sentence")
    void promises() throws IOException {
        Map<String, List<Integer>> numbers = promises(page()).stream()
                .collect(Collectors.groupingBy(
                        Promise::letters, Collectors.mapping(Promise::number, Collectors.toList())));
        assertThat(numbers).hasSizeGreaterThan(8);
        numbers.forEach((letters, its) -> assertThat(its)
                .as(letters)
                .isEqualTo(Stream.iterate(1, i -> i + 1).limit(its.size()).toList()));
        assertThat(promises(page()))
                .allSatisfy(promise -> assertThat(promise.sentence()).endsWith("."));
    }

    @Test
    @DisplayName("names tests for each promise, and all of them are there and not switched off")
    void tests() throws IOException {
        Map<String, Set<String>> methods = testMethods();
        for (Promise promise : promises(page())) {
            assertThat(promise.tests()).as(promise.letters() + promise.number()).isNotEmpty();
            for (String test : promise.tests()) {
                int dot = test.indexOf('.');
                assertThat(methods.getOrDefault(test.substring(0, dot), Set.of()))
                        .as(promise.letters() + promise.number() + " is held by " + test)
                        .contains(test.substring(dot + 1));
            }
        }
    }

    @Test
    @DisplayName("tells of every test that was written for it")
    void everyTest() throws IOException {
        List<String> named = promises(page()).stream()
                .flatMap(promise -> promise.tests().stream())
                .toList();
        Map<String, Set<String>> methods = testMethods();
        List<String> written = methods.keySet().stream()
                .filter(name -> name.endsWith("PromisesTest") || name.startsWith("LateFailure"))
                .filter(name -> !name.equals("LateFailureContract"))
                .flatMap(name -> methods.get(name).stream().map(method -> name + "." + method))
                .filter(test -> !test.equals("LateFailureTest.negative"))
                .toList();
        assertThat(written).hasSizeGreaterThan(30);
        assertThat(named).containsAll(written);
    }

    @Test
    @DisplayName("is short enough to be read")
    void length() throws IOException {
        assertThat(page().lines().count()).isLessThanOrEqualTo(200);
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static List<Promise> promises(String page) {
        return ROW.matcher(page)
                .results()
                .map(row ->
                        new Promise(row.group(1), Integer.parseInt(row.group(2)), row.group(3), testsIn(row.group(4))))
                .toList();
    }

    private static List<String> testsIn(String cell) {
        return TEST.matcher(cell)
                .results()
                .map(test -> test.group(1) + "." + test.group(2))
                .toList();
    }

    /** The test methods of all classes of the project, by the name of the class. */
    private static Map<String, Set<String>> testMethods() throws IOException {
        var methods = new HashMap<String, Set<String>>();
        for (Path source : sources()) {
            String name = String.valueOf(source.getFileName()).replace(".java", "");
            Matcher matcher = METHOD.matcher(Files.readString(source));
            Set<String> its = matcher.results()
                    .filter(method -> !method.group(1).contains("@Disabled"))
                    .map(DeliverySemanticsPageTest::methodName)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!its.isEmpty()) {
                methods.merge(name, its, (one, other) -> {
                    var both = new TreeSet<>(one);
                    both.addAll(other);
                    return both;
                });
            }
        }
        return methods;
    }

    private static String methodName(MatchResult method) {
        return method.group(2);
    }

    private static List<Path> sources() throws IOException {
        var found = new ArrayList<Path>();
        try (Stream<Path> modules = Files.list(PROJECT)) {
            modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .forEach(source -> {
                        try (Stream<Path> files = Files.walk(source)) {
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .forEach(found::add);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        return found;
    }
}
