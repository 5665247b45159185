// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * Parses IP addresses that are written as such. Never asks the name service: what comes
 * here may come from a peer.
 */
final class IpLiteral {

	private IpLiteral() {
	}

	/**
	 * Parses an address.
	 * @param text the text, with a zone or without
	 * @return the 4 or 16 bytes of the address; {@code null} where the text is none
	 */
	static byte @Nullable [] parse(String text) {
		int zone = text.indexOf('%');
		String address = (zone < 0) ? text : text.substring(0, zone);
		return (address.indexOf(':') >= 0) ? v6(address) : v4(address);
	}

	private static byte @Nullable [] v6(String text) {
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			if (Character.digit(character, 16) < 0 && character != ':' && (character != '.' || index == 0)) {
				return null;
			}
		}
		try {
			// with a colon in it the text is taken as an address or refused, but not
			// looked up
			return InetAddress.getByName(text).getAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static byte @Nullable [] v4(String text) {
		byte[] bytes = new byte[4];
		int start = 0;
		for (int part = 0; part < bytes.length; part++) {
			int end = (part < bytes.length - 1) ? text.indexOf('.', start) : text.length();
			int value = number(text, start, end);
			if (value < 0 || value > 255) {
				return null;
			}
			bytes[part] = (byte) value;
			start = end + 1;
		}
		return bytes;
	}

	private static int number(String text, int start, int end) {
		if (end <= start || end - start > 3) {
			return -1;
		}
		int value = 0;
		for (int index = start; index < end; index++) {
			char digit = text.charAt(index);
			if (digit < '0' || digit > '9') {
				return -1;
			}
			value = value * 10 + digit - '0';
		}
		return value;
	}

}
