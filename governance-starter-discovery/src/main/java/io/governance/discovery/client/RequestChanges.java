// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import io.governance.selection.Destination.HeaderChanges;

import org.springframework.http.HttpHeaders;

/**
 * Makes the changes of request headers that a rule wants.
 */
public final class RequestChanges {

	private RequestChanges() {
	}

	/**
	 * Removes, then sets.
	 * @param changes the changes
	 * @param headers the headers of the request, which can be written
	 */
	public static void apply(HeaderChanges changes, HttpHeaders headers) {
		if (changes != HeaderChanges.NONE) {
			changes.remove().forEach(headers::remove);
			changes.add().forEach(headers::set);
		}
	}

}
