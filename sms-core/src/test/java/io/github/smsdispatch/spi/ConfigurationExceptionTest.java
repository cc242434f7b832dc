package io.github.smsdispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A configuration that cannot be used")
class ConfigurationExceptionTest {
    private static final ConfigurationProblem MISSING =
            new ConfigurationProblem("TWILIO_AUTH_TOKEN", "is missing", "set it");
    private static final ConfigurationProblem WRONG =
            new ConfigurationProblem("TWILIO_REGION", "must be a region", "correct it");

    @Test
    @DisplayName("shows all of its problems, one on each line: what, why, and what to do")
    void allProblems() {
        var exception = new ConfigurationException(List.of(MISSING, WRONG));
        assertThat(exception)
                .hasMessage("TWILIO_AUTH_TOKEN: is missing - set it\nTWILIO_REGION: must be a region - correct it");
        assertThat(exception.problems()).containsExactly(MISSING, WRONG).isUnmodifiable();
        assertThat(new ConfigurationException("TWILIO_AUTH_TOKEN", "is missing", "set it").problems())
                .containsExactly(MISSING);
    }

    @Test
    @DisplayName("has at least one problem")
    void none() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfigurationException(List.of()));
    }

    @Test
    @DisplayName("keeps its problems when it is serialised, as test runners and remote calls do with exceptions")
    void serialised() throws IOException, ClassNotFoundException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ConfigurationException(List.of(MISSING, WRONG)));
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            var copy = (ConfigurationException) in.readObject();
            assertThat(copy.problems()).containsExactly(MISSING, WRONG);
        }
    }
}
