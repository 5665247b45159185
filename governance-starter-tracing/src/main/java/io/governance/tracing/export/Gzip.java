// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Compression of messages. Small ones are not worth it.
 */
final class Gzip {

	private static final int THRESHOLD = 1024;

	private Gzip() {
	}

	static boolean isWorthwhile(byte[] message) {
		return message.length > THRESHOLD;
	}

	static byte[] compress(byte[] message) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(message.length / 4);
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(message);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

}
