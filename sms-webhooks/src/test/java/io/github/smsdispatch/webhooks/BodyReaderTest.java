package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A body")
class BodyReaderTest {
    private long now = Long.MAX_VALUE - 3;
    private int given;

    private final BodyReader reader = new BodyReader(100_000, 10, () -> now);

    /** A client that sends one byte in a nanosecond, of as many as are asked for. */
    private final class Dripping extends InputStream {
        private final int length;

        Dripping(int length) {
            this.length = length;
        }

        @Override
        public int read() {
            now++;
            return given++ < length ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int wanted) {
            int next = read();
            into[offset] = (byte) next;
            return next < 0 ? -1 : 1;
        }
    }

    @Test
    @DisplayName("is read to its end, also in pieces, up to the largest size")
    void whole() throws IOException {
        assertThat(reader.read(InputStream.nullInputStream()))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEmpty());
        assertThat(reader.read(new Dripping(9)))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(9));
        assertThat(reader.read(new ByteArrayInputStream(new byte[100_000])))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(100_000));
    }

    @Test
    @DisplayName("that is larger is read no further than one byte beyond")
    void larger() throws IOException {
        var endless = new ByteArrayInputStream(new byte[200_000]);
        assertThat(reader.read(endless)).isEmpty();
        assertThat(endless.available()).isEqualTo(99_999);
    }

    @Test
    @DisplayName("that drips in is given up when its time is over")
    void dripping() {
        assertThatExceptionOfType(BodyReader.TooSlowException.class)
                .isThrownBy(() -> reader.read(new Dripping(1_000)))
                .withMessage("the body takes too long");
        assertThat(given).isEqualTo(11);
    }
}
