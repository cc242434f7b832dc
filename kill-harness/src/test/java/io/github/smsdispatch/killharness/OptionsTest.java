package io.github.smsdispatch.killharness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The command line")
class OptionsTest {
    @Test
    @DisplayName("needs nothing: 2,000 messages, 10 kills, 3 stops, 2 nodes, a database of the run's own")
    void defaults() {
        Options options = Options.parse(List.of());

        assertThat(options.messages()).isEqualTo(2000);
        assertThat(options.kills()).isEqualTo(10);
        assertThat(options.stops()).isEqualTo(3);
        assertThat(options.nodes()).isEqualTo(2);
        assertThat(options.jdbcUrl()).isNull();
        assertThat(Plan.of(options).campaign().validity()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    @DisplayName("takes values behind a blank or an equals sign")
    void values() {
        Options options =
                Options.parse(List.of("--messages", "20000", "--kills=30", "--stops=0", "--seed=-4", "--keep"));

        assertThat(options.messages()).isEqualTo(20_000);
        assertThat(options.kills()).isEqualTo(30);
        assertThat(options.stops()).isZero();
        assertThat(options.seed()).isEqualTo(-4);
        assertThat(options.keep()).isTrue();
    }

    @Test
    @DisplayName("is refused with all that is wrong with it")
    void wrong() {
        assertThatThrownBy(() -> Options.parse(List.of(
                        "--messages=0",
                        "--kills",
                        "--seed",
                        "x",
                        "--faults=nonsense=1%",
                        "--jdbc-url=h2",
                        "--report=/nowhere/x.md",
                        "--wrong=1",
                        "--keep=yes",
                        "loose",
                        "--nodes=2",
                        "--nodes=3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "--messages must be a whole number from 1 to 10000000",
                        "--kills has no value",
                        "--seed must be a whole number",
                        "--faults: ",
                        "--jdbc-url must begin with jdbc:mariadb: or jdbc:mysql:",
                        "--report must be a file in a folder that exists",
                        "--wrong is no option of this program",
                        "--keep takes no value",
                        "loose is no option of this program",
                        "--nodes is given twice");
    }

    @Test
    @DisplayName("is written into the report without the URL of the database, which may hold a password")
    void command() {
        assertThat(Options.parse(List.of("--jdbc-url=jdbc:mysql://127.0.0.1/sms?password=secret", "--kills=3"))
                        .command())
                .isEqualTo("kill-harness/run --messages 2000 --kills 3 --nodes 2 --seed 1 --jdbc-url ...");
    }
}
