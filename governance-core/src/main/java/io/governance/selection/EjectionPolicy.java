// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import org.jspecify.annotations.Nullable;

/**
 * Makes what finds out which instances are to be left out for a while.
 */
public non-sealed interface EjectionPolicy extends SelectionPolicy {

	/**
	 * Makes a detector for the instances of a service.
	 * @param service the service
	 * @param before the detector of another policy that this one takes the place of: what
	 * is ejected stays so; {@code null} for none
	 * @return the detector
	 */
	OutlierDetector newDetector(String service, @Nullable OutlierDetector before);

}
