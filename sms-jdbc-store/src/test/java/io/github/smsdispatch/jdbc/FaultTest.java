package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States and codes as MariaDB 11.4 (Connector/J 4.0), MySQL 9.7 (Connector/J 26.10) and H2 gave them. */
@DisplayName("An error of the database")
class FaultTest {
    @ParameterizedTest(name = "{0} {1}: {2}, run {3} times at the most")
    @CsvSource({
        "40001, 1213, CONFLICT, 10",
        "23000, 1062, CONFLICT, 10",
        "HY000, 1020, CONFLICT, 10",
        "23505, 23505, CONFLICT, 10",
        "40001, 40001, CONFLICT, 10",
        "HY000, 1205, LOCKED, 10",
        "HYT00, 50200, LOCKED, 10",
        "08000, -1, LOST, 4",
        "08000, 1220, LOST, 4",
        "08S01, 0, LOST, 4",
        "08003, 0, LOST, 4",
        "70100, 1927, LOST, 4",
        "HY000, 4031, LOST, 4",
        "90067, 90067, LOST, 4",
        "HY000, 1290, READ_ONLY, 4",
        "25006, 1792, READ_ONLY, 4",
        "HY000, 1836, READ_ONLY, 4",
        "90097, 90097, READ_ONLY, 4",
        "HY000, 1114, FULL, 1",
        "HY000, 1021, FULL, 1",
        "HY000, 1026, FULL, 1",
        "HY000, 3, FULL, 1",
        "90100, 90100, FULL, 1",
        "42S02, 1146, SCHEMA, 1",
        "42S22, 1054, SCHEMA, 1",
        "42000, 1142, RIGHTS, 1",
        "90096, 90096, RIGHTS, 1",
        "70100, 1317, CUT_OFF, 1",
        "70100, 1969, CUT_OFF, 1",
        "HY000, 3024, CUT_OFF, 1",
        "HY000, 1665, BINARY_LOG, 1",
        "HY000, 1105, OTHER, 1",
    })
    @DisplayName("is told from others by its state and code")
    void kinds(String state, int code, Fault fault, int mostTries) {
        assertThat(Fault.of(new SQLException("as the server says it", state, code)))
                .isEqualTo(fault);
        assertThat(fault.mostTries()).isEqualTo(mostTries);
    }

    @ParameterizedTest
    @CsvSource({
        "Got error 28 from storage engine InnoDB, FULL",
        "Got error 28 \"No space left on device\" from storage engine InnoDB, FULL",
        "Got error 168 from storage engine InnoDB, OTHER",
    })
    @DisplayName("of the storage engine is a full disk where the system's error is 28")
    void storageEngine(String message, Fault fault) {
        assertThat(Fault.of(new SQLException(message, "HY000", 1030))).isEqualTo(fault);
    }

    @Test
    @DisplayName("without state and message is one of no known kind")
    void nothingKnown() {
        assertThat(Fault.of(new SQLException((String) null))).isEqualTo(Fault.OTHER);
        assertThat(Fault.of(new SQLException(null, null, 1030))).isEqualTo(Fault.OTHER);
    }

    @Test
    @DisplayName("of a driver that guards a connection set read-only is one of the read-only kind")
    void guardedByTheDriver() {
        var guarded = new SQLException(
                "Connection is read-only. Queries leading to data modification are not allowed.", "S1009");
        assertThat(Fault.of(guarded)).isEqualTo(Fault.READ_ONLY);
        assertThat(Fault.of(new SQLException("Parameter index out of range", "S1009")))
                .isEqualTo(Fault.OTHER);
    }

    @Test
    @DisplayName("on a lost connection is shown without the statement that a driver adds to it")
    void noStatement() {
        var withStatement = new SQLException(
                "Communications link failure\n\nQuery being executed when exception was thrown:\nSELECT '+12025550123'",
                "08S01");

        assertThat(Failures.describe(withStatement)).isEqualTo("SQLSTATE 08S01, code 0, Communications link failure");
    }
}
