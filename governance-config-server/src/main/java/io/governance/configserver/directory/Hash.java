// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Content hashes: the first half of a SHA-256 in hexadecimal, which is short enough to
 * read and long enough never to collide by chance.
 */
final class Hash {

	private Hash() {
	}

	static String of(byte[] content) {
		return HexFormat.of().formatHex(digest().digest(content), 0, 16);
	}

	static String of(Iterable<String> parts) {
		MessageDigest digest = digest();
		for (String part : parts) {
			digest.update(part.getBytes(StandardCharsets.UTF_8));
			digest.update((byte) 0);
		}
		return HexFormat.of().formatHex(digest.digest(), 0, 16);
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
