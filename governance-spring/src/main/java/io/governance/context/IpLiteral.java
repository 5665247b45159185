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

	static @Nullable InetAddress parse(String text) {
		int zone = text.indexOf('%');
		String address = (zone < 0) ? text : text.substring(0, zone);
		try {
			return (address.indexOf(':') >= 0) ? v6(address) : v4(address);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static @Nullable InetAddress v6(String text) throws UnknownHostException {
		boolean plausible = text.chars().allMatch((c) -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
		// with a colon in it the text is taken as an address or refused, but not looked
		// up
		return (plausible && text.charAt(0) != '.') ? InetAddress.getByName(text) : null;
	}

	private static @Nullable InetAddress v4(String text) throws UnknownHostException {
		String[] parts = text.split("\\.", -1);
		if (parts.length != 4) {
			return null;
		}
		byte[] bytes = new byte[4];
		for (int i = 0; i < bytes.length; i++) {
			boolean number = !parts[i].isEmpty() && parts[i].length() <= 3
					&& parts[i].chars().allMatch((c) -> c >= '0' && c <= '9');
			int value = number ? Integer.parseInt(parts[i]) : -1;
			if (value < 0 || value > 255) {
				return null;
			}
			bytes[i] = (byte) value;
		}
		return InetAddress.getByAddress(bytes);
	}

}
