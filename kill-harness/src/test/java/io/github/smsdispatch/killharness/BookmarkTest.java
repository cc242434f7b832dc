package io.github.smsdispatch.killharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A bookmark")
class BookmarkTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("bookmark");
    }

    @Test
    @DisplayName("is 0 where there is none")
    void none() {
        assertThat(Bookmark.read(file)).isZero();
    }

    @Test
    @DisplayName("is the last number that was written")
    void last() throws IOException {
        try (var mark = new Bookmark(file)) {
            mark.write(12);
            assertThat(Bookmark.read(file)).isEqualTo(12);
            mark.write(345);
        }
        assertThat(Bookmark.read(file)).isEqualTo(345);
    }

    @Test
    @DisplayName("does not believe a number that a kill has torn, and does not write on behind it")
    void torn() throws IOException {
        Files.writeString(file, "12\n34");
        assertThat(Bookmark.read(file)).isEqualTo(12);

        try (var mark = new Bookmark(file)) {
            mark.write(5);
        }
        assertThat(Files.readString(file)).isEqualTo("12\n5\n");
    }
}
