"""Places are about nobody."""

from clothier.kernel.personal import nobodys

nobodys("places.Region", "name")
nobodys("places.Store", "name name_en mall city address zone_info opened_on closed_on")
nobodys("places.Zone", "name name_en outline")
