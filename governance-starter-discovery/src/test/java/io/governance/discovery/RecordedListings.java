// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers what a source says.
 */
public final class RecordedListings implements InstanceSource.Listener {

	private final List<Object> said = new CopyOnWriteArrayList<>();

	@Override
	public void listed(Listing listing) {
		this.said.add(listing);
	}

	@Override
	public void failed(Throwable error) {
		this.said.add(error);
	}

	public List<Object> all() {
		return this.said;
	}

	/** The last listing, if nothing failed after it. */
	public Listing last() {
		return (Listing) this.said.get(this.said.size() - 1);
	}

	public List<String> lastIds() {
		return last().healthy().stream().map(Instance::id).toList();
	}

	/** The last failure, if nothing was listed after it. */
	public Throwable lastFailure() {
		return (Throwable) this.said.get(this.said.size() - 1);
	}

}
