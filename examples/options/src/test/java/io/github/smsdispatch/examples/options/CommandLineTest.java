package io.github.smsdispatch.examples.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.ConfigurationProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A command line")
class CommandLineTest {
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final List<Object> taken = new ArrayList<>();

    private List<Object> read(String... arguments) {
        new CommandLine(problems)
                .flag("--live", () -> taken.add("live"))
                .option("--name", Kind.text(), taken::add)
                .option("--count", Kind.number(1, 9), taken::add)
                .option("--seed", Kind.anyNumber(), taken::add)
                .option("--data", Kind.path(), taken::add)
                .option("--report", Kind.fileToWrite(), taken::add)
                .option("--jdbc-url", Kind.jdbcUrl(), taken::add)
                .wordsAlone("name the file with --data FILE")
                .read(List.of(arguments));
        return taken;
    }

    @Test
    @DisplayName("has values behind a blank or an equals sign, in any order")
    void values(@TempDir Path folder) {
        String report = folder.resolve("report.md").toString();
        assertThat(read(
                        "--seed=-4",
                        "--count",
                        "9",
                        "--live",
                        "--name= a=b ",
                        "--data",
                        "x",
                        "--jdbc-url",
                        "jdbc:h2:mem:x",
                        "--report=" + report))
                .containsExactly(-4L, 9, "live", "a=b", Path.of("x"), "jdbc:h2:mem:x", Path.of(report));
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("may give a number below zero behind a blank")
    void minus() {
        assertThat(read("--seed", "-4")).containsExactly(-4L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--nmae=x         | --nmae: is no option of this program     | see --help for those there are",
                "-n               | -n: is no option of this program         | see --help for those there are",
                "a.csv            | a.csv: is no option of this program      | name the file with --data FILE",
                "--live=no        | --live: takes no value                   | give it alone: --live",
                "--name           | --name: has no value                     | give one: --name VALUE",
                "--name=          | --name: has no value                     | give one: --name VALUE",
                "--count=few      | --count: must be a whole number from 1 to 9 | correct it",
                "--count=0        | --count: must be a whole number from 1 to 9 | correct it",
                "--count=10       | --count: must be a whole number from 1 to 9 | correct it",
                "--seed=1.5       | --seed: must be a whole number           | correct it",
                "--jdbc-url=h2    | --jdbc-url: is no JDBC URL               | write it as jdbc:mariadb://HOST:3306/DATABASE",
                "--report=/none/x | --report: must be a file in a folder that exists | make the folder, or name another file",
            })
    @DisplayName("is told what is wrong, and what to do about it")
    void problem(String argument, String problem, String remedy) {
        assertThat(read(argument)).isEmpty();
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).setting() + ": " + problems.get(0).problem()).isEqualTo(problem);
        assertThat(problems.get(0).remedy()).isEqualTo(remedy);
    }

    @Test
    @DisplayName("is told all that is wrong at once, and an option takes no other's name for its value")
    void allProblems() {
        assertThat(read("--name", "--count=0", "--seed=1", "--seed=2", "--live", "--live"))
                .containsExactly(1L, "live");
        assertThat(problems)
                .extracting(ConfigurationProblem::setting)
                .containsExactly("--name", "--count", "--seed", "--live");
    }

    @Test
    @DisplayName("with a path that no system has is told so")
    void noPath() {
        assertThat(read("--data=a\0b", "--report=a\0b")).isEmpty();
        assertThat(problems)
                .extracting(ConfigurationProblem::problem)
                .containsExactly("is no path on this system", "is no path on this system");
    }
}
