package io.github.smsdispatch.text;

import java.util.ArrayList;
import java.util.List;

/**
 * How a text is cut into segments in the air. An estimate: the provider may use a 16-bit reference (one unit less a
 * part), substitute characters, or append opt-out text; what it reports counts.
 *
 * <p>The whole text has one encoding; a single character outside GSM-7 turns all of it into UCS-2. Filling is greedy,
 * and neither an escaped GSM-7 character nor a surrogate pair is cut, so that a segment may stay one unit short: the
 * number of segments is not the number of units divided by the size.
 *
 * @param encoding the alphabet of the whole text
 * @param parts units in each segment, in order; empty for the empty text
 */
public record Segments(Encoding encoding, List<Integer> parts) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a part is empty, or larger than the encoding allows
     */
    public Segments {
        parts = List.copyOf(parts);
        int most = parts.size() == 1 ? encoding.unitsAlone() : encoding.unitsPerPart();
        for (int units : parts) {
            if (units < 1 || units > most) {
                throw new IllegalArgumentException("one of " + parts.size() + " parts in " + encoding + " holds 1 to "
                        + most + " units, not " + units);
            }
        }
    }

    /** Counts the segments of a text as it stands, without normalising it. Takes time in proportion to its length. */
    public static Segments of(String text) {
        Encoding encoding = encodingOf(text);
        int total = 0;
        for (int i = 0; i < text.length(); i++) {
            total += encoding == Encoding.GSM_7 ? Gsm7.septets(text.charAt(i)) : 1;
        }
        if (total == 0) {
            return new Segments(encoding, List.of());
        }
        if (total <= encoding.unitsAlone()) {
            return new Segments(encoding, List.of(total));
        }
        var parts = new ArrayList<Integer>();
        for (int from = 0; from < text.length(); ) {
            int to = endOfPart(text, from, encoding);
            parts.add(units(text, from, to, encoding));
            from = to;
        }
        return new Segments(encoding, parts);
    }

    /** How many segments. */
    public int count() {
        return parts.size();
    }

    /** Septets (GSM-7) or UTF-16 code units (UCS-2) of all segments together. */
    public int units() {
        return parts.stream().mapToInt(Integer::intValue).sum();
    }

    private static Encoding encodingOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Gsm7.septets(text.charAt(i)) == 0) {
                return Encoding.UCS_2;
            }
        }
        return Encoding.GSM_7;
    }

    /** Where the concatenated segment that begins at {@code from} ends. */
    static int endOfPart(String text, int from, Encoding encoding) {
        int room = encoding.unitsPerPart();
        int to = from;
        while (to < text.length()) {
            int width = Character.charCount(text.codePointAt(to));
            int cost = encoding == Encoding.GSM_7 ? Gsm7.septets(text.charAt(to)) : width;
            if (cost > room) {
                break;
            }
            room -= cost;
            to += width;
        }
        return to;
    }

    private static int units(String text, int from, int to, Encoding encoding) {
        if (encoding == Encoding.UCS_2) {
            return to - from;
        }
        int units = 0;
        for (int i = from; i < to; i++) {
            units += Gsm7.septets(text.charAt(i));
        }
        return units;
    }
}
