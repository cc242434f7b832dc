package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How values go into columns and come back. Times go as {@link LocalDateTime} in UTC: for those, no driver looks at the
 * zone of the process or of the connection, which it does for {@link java.sql.Timestamp}.
 */
final class Values {
    private Values() {}

    static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof MessageId id) {
            statement.setBytes(index, bytes(id.value()));
        } else if (value instanceof AttemptId id) {
            statement.setBytes(index, bytes(id.value()));
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof Instant time) {
            statement.setObject(index, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        } else {
            statement.setObject(index, value);
        }
    }

    static MessageId messageId(ResultSet row, int column) throws SQLException {
        return new MessageId(uuid(row.getBytes(column)));
    }

    static AttemptId attemptId(ResultSet row, int column) throws SQLException {
        return new AttemptId(uuid(row.getBytes(column)));
    }

    static @Nullable AttemptId attemptIdOrNull(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : new AttemptId(uuid(bytes));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    static @Nullable Integer intOrNull(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    static <E extends Enum<E>> E constant(Codes<E> codes, ResultSet row, int column) throws SQLException {
        return codes.constant(row.getInt(column));
    }

    static <E extends Enum<E>> @Nullable E constantOrNull(Codes<E> codes, ResultSet row, int column)
            throws SQLException {
        Integer number = intOrNull(row, column);
        return number == null ? null : codes.constant(number);
    }

    /** Of each row three times: by hand, as a ByteBuffer takes several times as long. */
    private static byte[] bytes(UUID id) {
        var bytes = new byte[16];
        put(id.getMostSignificantBits(), bytes, 0);
        put(id.getLeastSignificantBits(), bytes, 8);
        return bytes;
    }

    private static void put(long value, byte[] bytes, int at) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static UUID uuid(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
