package io.github.smsdispatch.text;

/** The two alphabets of an SMS (3GPP TS 23.038), with their sizes (3GPP TS 23.040 section 9.2.3.24.1). */
public enum Encoding {
    /** The 7-bit default alphabet with its extension table; units are septets. */
    GSM_7(160, 153),
    /** 16-bit characters, in practice UTF-16; units are UTF-16 code units. */
    UCS_2(70, 67);

    private final int single;
    private final int concatenated;

    Encoding(int single, int concatenated) {
        this.single = single;
        this.concatenated = concatenated;
    }

    /** Units that fit into a message of one segment. */
    public int unitsAlone() {
        return single;
    }

    /** Units that fit into each segment of several, with an 8-bit reference in the header. */
    public int unitsPerPart() {
        return concatenated;
    }
}
